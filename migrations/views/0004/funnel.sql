CREATE VIEW analytics.funnel AS
SELECT started_on AS day,
       count(*) AS started,
       count(city) AS city_known,
       count(*) FILTER (
         WHERE num_nulls(city, days, pace, budget) = 0 AND cardinality(interests) > 0
       ) AS preferences_known,
       count(*) FILTER (WHERE plans > 0) AS planned,
       count(*) FILTER (WHERE plans > 1) AS edited
FROM analytics.sessions
GROUP BY day;

COMMENT ON VIEW analytics.funnel IS
  'How far travellers come. Each step counts by itself: a plan needs city and days only';
COMMENT ON COLUMN analytics.funnel.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.funnel.started IS 'Sessions';
COMMENT ON COLUMN analytics.funnel.city_known IS 'Sessions whose city is known';
COMMENT ON COLUMN analytics.funnel.preferences_known IS
  'Sessions whose city, days, pace, budget and at least one interest are known';
COMMENT ON COLUMN analytics.funnel.planned IS 'Sessions with a plan';
COMMENT ON COLUMN analytics.funnel.edited IS
  'Sessions whose plan was changed at least once';
