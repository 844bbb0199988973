"""Results for all to read, without a sign-in: a page and JSON, answered from memory."""
