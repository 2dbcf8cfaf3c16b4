"""Stands in for SGLang's kernels, of which no CPU build is published: plain torch needs one, the others only by name."""


def assign_req_to_token_pool_cpu(requests, pool, starts, ends, slots, _):
    """Notes in each request's row of the pool which cache slots hold its tokens from start to end."""
    taken = 0
    for request, start, end in zip(requests.tolist(), starts.tolist(), ends.tolist()):
        count = end - start
        pool[request, start:end] = slots[taken : taken + count].to(pool.dtype)
        taken += count


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def missing(*_, **__):
        raise NotImplementedError(f"{name} needs SGLang's kernels")

    return missing
