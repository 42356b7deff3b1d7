CREATE VIEW analytics.starts_by_hour AS
SELECT started_on AS day,
       extract(isodow FROM started_on)::smallint AS weekday,
       started_hour AS hour,
       count(*) AS sessions
FROM analytics.sessions
GROUP BY day, hour;

COMMENT ON VIEW analytics.starts_by_hour IS
  'When travellers come: sum it by weekday and hour for a heat map';
COMMENT ON COLUMN analytics.starts_by_hour.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.starts_by_hour.weekday IS '1 (Monday) to 7 (Sunday), UTC';
COMMENT ON COLUMN analytics.starts_by_hour.hour IS '0 to 23, UTC';
COMMENT ON COLUMN analytics.starts_by_hour.sessions IS 'Sessions';
