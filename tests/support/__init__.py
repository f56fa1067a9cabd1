"""What tests of every part share: databases, ports, a running platform, a signed-in client."""
