CREATE OR REPLACE VIEW analytics.sessions AS
SELECT fact.*, session_ended_as(s) AS reason, s.exports
FROM public.sessions AS s, session_fact(s) AS fact
UNION ALL
SELECT started_on, started_hour, city, days, pace, budget, interests, user_messages,
       assistant_messages, questions, plans, seconds_to_plan, turns_to_plan,
       questions_to_plan, seconds_used, reason, exports
FROM public.session_facts;
