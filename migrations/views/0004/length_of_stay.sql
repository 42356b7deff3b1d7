CREATE VIEW analytics.length_of_stay AS
SELECT started_on AS day,
       city,
       days,
       count(*) AS sessions
FROM analytics.sessions
WHERE city IS NOT NULL AND days IS NOT NULL
GROUP BY day, city, days;

COMMENT ON VIEW analytics.length_of_stay IS
  'How long travellers want to stay in each city';
COMMENT ON COLUMN analytics.length_of_stay.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.length_of_stay.city IS 'The last one that was told';
COMMENT ON COLUMN analytics.length_of_stay.days IS 'Length of the trip in days';
COMMENT ON COLUMN analytics.length_of_stay.sessions IS 'Sessions';
