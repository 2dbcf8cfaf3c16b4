package io.inferencemetrics.nvml.internal;

class JnaBindingTest extends BindingContract {
    @Override
    Nvml bind(String library) {
        return JnaBinding.open(library);
    }
}
