"""Prints what a wheel requires, without extras and without the packages left out: WHEEL [PATTERN ...]."""

import fnmatch
import sys
import zipfile
from email.parser import Parser

from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

wheel, *left_out = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    requirements = Parser().parsestr(archive.read(metadata).decode()).get_all("Requires-Dist", [])

for text in requirements:
    requirement = Requirement(text)
    name = canonicalize_name(requirement.name)
    wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    if wanted and not any(fnmatch.fnmatch(name, pattern) for pattern in left_out):
        requirement.marker = None
        print(requirement)
