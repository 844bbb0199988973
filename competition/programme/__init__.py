"""The programme that the contest rewards: steps, plans, needs, meetings, dispatches."""
