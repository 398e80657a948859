"""A conformance report: what the calls of an application could do better."""
