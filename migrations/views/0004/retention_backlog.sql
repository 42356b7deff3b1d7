CREATE VIEW analytics.retention_backlog AS
SELECT (expired_at AT TIME ZONE 'UTC')::date AS day,
       count(*) AS sessions,
       extract(epoch FROM now() - min(expired_at))::bigint AS oldest
FROM (
  SELECT least(last_accessed + idle_timeout + interval '60 s', ends_at) AS expired_at
  FROM public.sessions
  WHERE sweep_after < now()
) AS due
WHERE expired_at <= now()
GROUP BY day;

COMMENT ON VIEW analytics.retention_backlog IS
  'Expired sessions that the next sweep deletes. A sweep empties it';
COMMENT ON COLUMN analytics.retention_backlog.day IS 'End of the sessions, UTC';
COMMENT ON COLUMN analytics.retention_backlog.sessions IS 'Sessions';
COMMENT ON COLUMN analytics.retention_backlog.oldest IS
  'Seconds since the first of them ended';
