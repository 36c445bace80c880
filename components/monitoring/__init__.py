"""Tell whoever runs the server how it is: alive or ending, what it does and how long that takes, and its log."""

from __future__ import annotations

from components.monitoring.health import Health
from components.monitoring.log import LOGS_SETTING, log_as_json
from components.monitoring.measures import CountedRequests, Measures, measures
from components.monitoring.metrics_server import METRICS_ADDRESS_SETTING, METRICS_PORT_SETTING, serving_metrics

__all__ = [
    "LOGS_SETTING",
    "METRICS_ADDRESS_SETTING",
    "METRICS_PORT_SETTING",
    "CountedRequests",
    "Health",
    "Measures",
    "log_as_json",
    "measures",
    "serving_metrics",
]
