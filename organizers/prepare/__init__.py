"""Before the day: the event, its rounds, entrants, rules, panel and people."""
