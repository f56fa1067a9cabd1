"""The bundled chat model: llama.cpp's server in a process of its own, on loopback, started when it is first needed."""
