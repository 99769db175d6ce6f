"""Servers that benchmarks and tests start on this machine: the app, PostgreSQL, Milvus."""
