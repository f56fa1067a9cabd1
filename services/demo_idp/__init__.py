"""The demo identity provider: stands in for Google in development, with four people to be.

A small OpenID Connect provider made of Authlib's authorization server. It knows one client, this platform,
and keeps codes and tokens in memory. It refuses to run in production.
"""
