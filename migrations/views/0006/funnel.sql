CREATE OR REPLACE VIEW analytics.funnel AS
SELECT started_on AS day,
       count(*) AS started,
       count(city) AS city_known,
       count(*) FILTER (
         WHERE num_nulls(city, days, pace, budget) = 0 AND cardinality(interests) > 0
       ) AS preferences_known,
       count(*) FILTER (WHERE plans > 0) AS planned,
       count(*) FILTER (WHERE plans > 1) AS edited,
       count(*) FILTER (WHERE exports > 0) AS exported
FROM analytics.sessions
GROUP BY day;
