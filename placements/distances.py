"""How far a location is, computed by the database."""

import math

from django.db import models
from django.db.models import functions

EARTH_KM = 6371.0


def kilometres_from(point: tuple[float, float]) -> models.ExpressionWrapper:
    """As the crow flies (haversine), of what has a `location`; null where that has no coordinates."""
    latitude, longitude = (models.Value(math.radians(degrees)) for degrees in point)
    there = functions.Radians("location__latitude")
    half = functions.Sin((there - latitude) / 2.0)
    across = functions.Sin((functions.Radians("location__longitude") - longitude) / 2.0)
    chord = half * half + functions.Cos(there) * functions.Cos(latitude) * across * across
    distance = functions.ASin(functions.Sqrt(functions.Least(models.Value(1.0), chord))) * (2 * EARTH_KM)
    return models.ExpressionWrapper(distance, output_field=models.FloatField())
