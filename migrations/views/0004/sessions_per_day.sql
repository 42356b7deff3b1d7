CREATE VIEW analytics.sessions_per_day AS
SELECT started_on AS day,
       count(*) AS started,
       count(*) FILTER (WHERE user_messages > 0) AS active,
       count(*) FILTER (WHERE plans > 0) AS planned,
       count(*) FILTER (WHERE plans = 0 AND reason IS NOT NULL) AS abandoned,
       count(*) FILTER (WHERE reason IS NULL) AS living
FROM analytics.sessions
GROUP BY day;

COMMENT ON VIEW analytics.sessions_per_day IS
  'How many trips are begun, and what becomes of them';
COMMENT ON COLUMN analytics.sessions_per_day.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.sessions_per_day.started IS 'Sessions';
COMMENT ON COLUMN analytics.sessions_per_day.active IS
  'Sessions in which the traveller said something';
COMMENT ON COLUMN analytics.sessions_per_day.planned IS 'Sessions with a plan';
COMMENT ON COLUMN analytics.sessions_per_day.abandoned IS
  'Sessions that ended without a plan';
COMMENT ON COLUMN analytics.sessions_per_day.living IS 'Sessions that did not end yet';
