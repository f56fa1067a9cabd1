"""Tests of what every Python service shares."""
