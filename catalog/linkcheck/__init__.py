"""Watching links: gather, schedule, judge, remember, report, and fix what is safe to fix."""
