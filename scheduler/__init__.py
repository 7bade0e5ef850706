"""The shell: clock, configuration, passes, delivery and the command line."""
