"""The trust root: signs people in, keeps their sessions, decides what they may do, and tells the services."""
