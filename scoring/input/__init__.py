"""The tables as they come in: rules, rubric, lists, marks and rulings, read and checked."""
