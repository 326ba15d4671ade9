import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("builds", "0004_pinyin_order_and_device_shares"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='build',
            trigger=pgtrigger.compiler.Trigger(name='build_state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF TG_OP = 'INSERT' THEN\n            IF NEW.state <> 'draft' THEN\n                RAISE EXCEPTION 'a build begins as a draft, not as %', NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'build_state_moves';\n            END IF;\n        ELSIF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (('draft', 'scheduled'), ('draft', 'cancelled'), ('scheduled', 'draft'), ('scheduled', 'published'), ('scheduled', 'cancelled'), ('published', 'closed'), ('published', 'recalled'), ('closed', 'awarded'), ('cancelled', 'draft')) THEN\n            RAISE EXCEPTION 'no build goes from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation', CONSTRAINT = 'build_state_moves';\n        END IF;\n        RETURN NEW;\n    ", hash='6b8949cede983370499ca69ecfa240ef7dc5911f', operation='INSERT OR UPDATE', pgid='pgtrigger_build_state_moves_716f8', table='builds_build', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='build',
            trigger=pgtrigger.compiler.Trigger(name='build_change_list_complete', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.frozen_at IS NULL AND NEW.frozen_at IS NOT NULL)', func="\n        IF NOT EXISTS (SELECT FROM builds_feature WHERE build_id = NEW.id) OR EXISTS (\n            SELECT FROM builds_feature AS feature\n            LEFT JOIN builds_credit AS credit ON credit.feature_id = feature.id\n            WHERE feature.build_id = NEW.id\n            GROUP BY feature.id\n            HAVING coalesce(sum(credit.share), 0) <> 1\n        ) THEN\n            RAISE EXCEPTION 'not every change is signed in full' USING ERRCODE = 'check_violation', CONSTRAINT = 'build_change_list_complete';\n        END IF;\n        RETURN NEW;\n    ", hash='e7f8876728c158f57a623c5d443d92b6772344ce', operation='UPDATE', pgid='pgtrigger_build_change_list_complete_8fb1e', table='builds_build', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='build',
            trigger=pgtrigger.compiler.Trigger(name='build_published_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.published_at IS NOT NULL)', func="\n        IF TG_OP = 'DELETE' THEN\n            RAISE EXCEPTION 'a published build stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'build_published_stands';\n        ELSIF ROW(OLD.product_id, OLD.number, OLD.version, OLD.slug, OLD.channel, OLD.release_on, OLD.publish_at, OLD.frozen_at, OLD.published_at, OLD.ballots_open_at, OLD.result_rule, OLD.requires_verified_install, OLD.requires_older_account) IS DISTINCT FROM ROW(NEW.product_id, NEW.number, NEW.version, NEW.slug, NEW.channel, NEW.release_on, NEW.publish_at, NEW.frozen_at, NEW.published_at, NEW.ballots_open_at, NEW.result_rule, NEW.requires_verified_install, NEW.requires_older_account) THEN\n            RAISE EXCEPTION 'what was published stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'build_published_stands';\n        ELSIF OLD.state <> 'published' AND ROW(OLD.ballots_close_at, OLD.closed_at, OLD.extended_at) IS DISTINCT FROM ROW(NEW.ballots_close_at, NEW.closed_at, NEW.extended_at) THEN\n            RAISE EXCEPTION 'a window that ended stays as it was' USING ERRCODE = 'check_violation', CONSTRAINT = 'build_published_stands';\n        ELSIF OLD.extended_at IS NOT NULL AND NEW.extended_at IS DISTINCT FROM OLD.extended_at THEN\n            RAISE EXCEPTION 'a window is extended once' USING ERRCODE = 'check_violation', CONSTRAINT = 'build_published_stands';\n        END IF;\n        RETURN NEW;\n    ", hash='9e0cdc012b90c3f469efd5e7a0db9554a2deddf4', operation='UPDATE OR DELETE', pgid='pgtrigger_build_published_stands_49645', table='builds_build', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='credit',
            trigger=pgtrigger.compiler.Trigger(name='credit_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT FROM (SELECT frozen_at FROM builds_build WHERE id IN (SELECT build_id FROM builds_feature WHERE id IN (OLD.feature_id, NEW.feature_id)) FOR SHARE) AS build\n        WHERE build.frozen_at IS NOT NULL\n    ) THEN\n        RAISE EXCEPTION 'the change list of this build is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'build_change_list_frozen';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n", hash='a9145424c962c4877ff8a703c551773bc6f54771', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_credit_frozen_7fa07', table='builds_credit', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feature',
            trigger=pgtrigger.compiler.Trigger(name='feature_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        -- Where a change is talked about may change at any time.\n        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'topic_id' = to_jsonb(NEW) - 'topic_id' THEN\n            RETURN NEW;\n        END IF;\n        \n    IF EXISTS (\n        SELECT FROM (SELECT frozen_at FROM builds_build WHERE id IN (OLD.build_id, NEW.build_id) FOR SHARE) AS build\n        WHERE build.frozen_at IS NOT NULL\n    ) THEN\n        RAISE EXCEPTION 'the change list of this build is frozen' USING ERRCODE = 'check_violation', CONSTRAINT = 'build_change_list_frozen';\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        RETURN OLD;\n    END IF;\n    RETURN NEW;\n\n    ", hash='921e2175062fa727bdf9531e74a1874d1f6b920f', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_feature_frozen_24c3c', table='builds_feature', when='BEFORE')),
        ),
    ]
