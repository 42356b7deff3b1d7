CREATE VIEW analytics.time_to_plan AS
SELECT started_on AS day,
       count(*) AS sessions,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_to_plan))::integer AS p50,
       (percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds_to_plan))::integer AS p90
FROM analytics.sessions
WHERE seconds_to_plan IS NOT NULL
GROUP BY day;

COMMENT ON VIEW analytics.time_to_plan IS
  'How long travellers wait for their first plan. Percentiles of days do not add up';
COMMENT ON COLUMN analytics.time_to_plan.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.time_to_plan.sessions IS
  'Sessions with a plan; those moved here with their plan are not counted';
COMMENT ON COLUMN analytics.time_to_plan.p50 IS
  'Seconds from the start to the first plan: half of the sessions took no longer';
COMMENT ON COLUMN analytics.time_to_plan.p90 IS
  'Seconds from the start to the first plan: nine of ten sessions took no longer';
