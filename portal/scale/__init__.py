"""Invented cities by the dozen for measuring: seeded, never beside the demonstration or real work.

1× is one city over ten years: 200 units, 2,000 tasks that live through 40 quarters, 80,000 progress reports
(one per task and quarter) with some 112,000 versions handed in and 8,000 figure sheets, together about 200,000
reports; and 1,000,000 figures (160 counties and parks with 156 indicators each, 40 departments with one of the
whole city). The last quarter is open and half reported, the others are published with their snapshots. Review
events and typed entries are kept for the two newest quarters only.

Factor N is N cities of that size in provinces of sixteen under one nation: 10× is about a province, 100× a
nation. The cities differ in names, numbers and ids, not in their history: city 1 is written row by row, its
snapshots and tallies by the portal's own code, the others are copies of it inside the database.
"""

from portal.scale.loading import ScaleRefused, make_scale_data
from portal.scale.shape import STANDARD, TINY, Shape

__all__ = ["STANDARD", "TINY", "ScaleRefused", "Shape", "make_scale_data"]
