"""How trained models run: each pass alone and on one thread, so that it is the same every time."""

from __future__ import annotations

from typing import Any


def session(onnx: bytes) -> Any:
    """Return an inference session of onnxruntime for a model in ONNX.

    The library is imported here: only who asks a model pays for it.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(onnx, options, ["CPUExecutionProvider"])
