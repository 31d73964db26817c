"""Watching links: gather, schedule, judge, remember, report, and mend what is safe to mend."""
