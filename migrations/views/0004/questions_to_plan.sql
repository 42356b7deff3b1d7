CREATE VIEW analytics.questions_to_plan AS
SELECT started_on AS day,
       questions_to_plan AS questions,
       count(*) AS sessions
FROM analytics.sessions
WHERE questions_to_plan IS NOT NULL
GROUP BY day, questions_to_plan;

COMMENT ON VIEW analytics.questions_to_plan IS
  'How often the assistant has to ask before it plans';
COMMENT ON COLUMN analytics.questions_to_plan.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.questions_to_plan.questions IS
  'Clarifying questions before the first plan';
COMMENT ON COLUMN analytics.questions_to_plan.sessions IS
  'Sessions with so many; those moved here with their plan are not counted';
