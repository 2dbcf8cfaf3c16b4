"""Writes a model of two layers of random numbers whose tokens are bytes, in llama.cpp's format: FILE."""
