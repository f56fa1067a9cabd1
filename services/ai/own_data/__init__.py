"""What is kept of a person as a whole: all of it as files, and all of it erased."""
