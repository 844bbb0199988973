"""The rubric and the rules of a round."""
