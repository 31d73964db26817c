"""The commands, a module each: options in, one library call, a report and an exit code out."""
