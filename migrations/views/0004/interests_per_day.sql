CREATE VIEW analytics.interests_per_day AS
SELECT started_on AS day,
       interest,
       count(*) AS sessions
FROM analytics.sessions, unnest(interests) AS interest
GROUP BY day, interest;

COMMENT ON VIEW analytics.interests_per_day IS
  'What travellers like. A session counts once for each of its interests';
COMMENT ON COLUMN analytics.interests_per_day.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.interests_per_day.interest IS 'As food, history, views';
COMMENT ON COLUMN analytics.interests_per_day.sessions IS 'Sessions';
