"""The same for the kernels of state space models."""

from sgl_kernel import __getattr__  # noqa: F401
