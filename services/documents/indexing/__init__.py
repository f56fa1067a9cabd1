"""What services that index documents ask, as themselves."""
