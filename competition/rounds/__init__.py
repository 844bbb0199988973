"""What is held and by which rules: competitions, rounds, rubrics, what a round still lacks."""
