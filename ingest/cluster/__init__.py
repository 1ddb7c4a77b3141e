"""Files read in the processes of Ray, on this machine or on several."""

from geungeo.ingest.cluster.pool import RayPool
from geungeo.ingest.cluster.running import ClusterError, require_ray

__all__ = ["ClusterError", "RayPool", "require_ray"]
