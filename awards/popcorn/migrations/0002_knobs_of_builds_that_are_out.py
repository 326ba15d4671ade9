"""Builds that are out keep the knobs of their product as they stand: a later change reaches none."""

from django.db import migrations

# In the shape of popcorn.domain.knobs.
FORWARD = """
INSERT INTO builds_buildsettings (build_id, section, version, "values")
SELECT build.id, 'award', 0, jsonb_build_object(
           'bucket_minimum', product.award_bucket_minimum,
           'floor_votes', product.award_floor_votes,
           'floor_share', product.award_floor_share::numeric(4, 3)::text,
           'shrinkage', product.award_shrinkage::numeric(4, 2)::text,
           'co_winner_at', product.award_co_winner_at::numeric(3, 2)::text,
           'joy_points', CASE jsonb_array_length(product.award_joy_points)
                         WHEN 4 THEN product.award_joy_points ELSE '[0, 30, 70, 100]' END)
  FROM builds_build AS build JOIN builds_product AS product ON product.id = build.product_id
 WHERE build.published_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("builds", "0002_settings"), ("popcorn", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
