"""What ships and who signed it."""

from community.builds.models.build import Build, BuildFile, InstalledShare, KnownIssue
from community.builds.models.engineer import Engineer, EngineerClaim, EngineerName, Thanks, name_key
from community.builds.models.feature import Credit, Feature
from community.builds.models.install import Install
from community.builds.models.product import Product, ProductDevice
from community.builds.models.settings import BuildSettings, MutedMail, SettingsChange
from community.builds.models.submission import Submission

__all__ = [
    "Build",
    "BuildFile",
    "BuildSettings",
    "Credit",
    "Engineer",
    "EngineerClaim",
    "EngineerName",
    "Feature",
    "Install",
    "InstalledShare",
    "KnownIssue",
    "MutedMail",
    "Product",
    "ProductDevice",
    "SettingsChange",
    "Submission",
    "Thanks",
    "name_key",
]
