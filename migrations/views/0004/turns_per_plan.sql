CREATE VIEW analytics.turns_per_plan AS
SELECT started_on AS day,
       count(*) AS sessions,
       sum(turns_to_plan)::bigint AS turns_to_first,
       sum(user_messages)::bigint AS turns,
       sum(plans) AS plans
FROM analytics.sessions
WHERE turns_to_plan IS NOT NULL
GROUP BY day;

COMMENT ON VIEW analytics.turns_per_plan IS
  'How much talk a plan costs: turns / plans, turns_to_first / sessions';
COMMENT ON COLUMN analytics.turns_per_plan.day IS 'Start of the sessions, UTC';
COMMENT ON COLUMN analytics.turns_per_plan.sessions IS
  'Sessions with a plan; those moved here with their plan are not counted';
COMMENT ON COLUMN analytics.turns_per_plan.turns_to_first IS
  'Messages of their travellers up to the first plan';
COMMENT ON COLUMN analytics.turns_per_plan.turns IS 'All messages of their travellers';
COMMENT ON COLUMN analytics.turns_per_plan.plans IS 'Their plans: first ones and edits';
