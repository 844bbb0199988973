"""What the page packages share of Streamlit: theme, frame, states, tables. No acts, no reads."""
