"""The shell around the rules: HTTP, WebSocket, storage, fan-out, timers, access and the command line."""
