CREATE VIEW analytics.cities_per_day AS
SELECT started_on AS day,
       city,
       count(*) AS sessions,
       count(*) FILTER (WHERE plans > 0) AS planned
FROM analytics.sessions
WHERE city IS NOT NULL
GROUP BY day, city;

COMMENT ON VIEW analytics.cities_per_day IS
  'Where travellers want to go, and how often they get a plan for it';
COMMENT ON COLUMN analytics.cities_per_day.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.cities_per_day.city IS 'The last one that was told';
COMMENT ON COLUMN analytics.cities_per_day.sessions IS 'Sessions';
COMMENT ON COLUMN analytics.cities_per_day.planned IS 'Sessions with a plan';
