"""The only input and output of the engine: git, addresses, credentials, stores."""
