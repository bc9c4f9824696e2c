"""A component's facts -> derived facts. Pure."""
