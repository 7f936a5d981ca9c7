"""The Jinja templates of the output."""
