"""The whole vote as one database function, so that it costs one round trip."""

from django.db import migrations

# The order matters: lock, then look. Each statement of a volatile function sees what was
# committed before that statement, so what is read here after the lock is what the close left.
FORWARD = """
CREATE FUNCTION fourgrid_save_ballot(
    p_build bigint,
    p_member bigint,
    p_mood smallint,
    p_loved bigint[],
    p_let_down bigint[],
    p_wishes bigint[],
    p_comments jsonb,
    p_receipt bytea,
    p_nonce bytea,
    p_expected integer,       -- the revision that this one replaces (0: none yet), or null
    OUT status text,          -- saved, kept (the same ballot again), or why not
    OUT revision integer,
    OUT saved_at timestamptz,
    OUT receipt bytea,
    OUT moment timestamptz,   -- when it opens, closed, …, as the status needs
    OUT ids bigint[]          -- the features or wishes that the status speaks of
) LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    build record;
    voter record;
    old record;
    named bigint[] := p_loved || p_let_down;
    at timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a vote needs READ COMMITTED: other levels do not see a close';
    END IF;

    -- Four grids (0x0F47): shared here, exclusive in the close (builds.domain.window).
    PERFORM pg_advisory_xact_lock_shared(3911, p_build::integer);
    at := clock_timestamp();

    SELECT product_id, state, published_at, ballots_open_at, ballots_close_at, closed_at,
           requires_older_account, requires_verified_install
      INTO build FROM builds_build WHERE id = p_build;
    IF build.published_at IS NULL THEN
        status := 'unknown_build'; RETURN;
    ELSIF build.state <> 'published' OR at < build.ballots_open_at
       OR at >= build.ballots_close_at THEN
        -- Sent again by somebody who never saw the answer: it stands, and it counts.
        SELECT b.revision, b.saved_at, b.receipt INTO revision, saved_at, receipt
          FROM fourgrid_ballot b
         WHERE b.build_id = p_build AND b.member_id = p_member
           AND (b.mood, b.loved, b.let_down, b.wishes, b.comments)
             = (p_mood, p_loved, p_let_down, p_wishes, p_comments);
        IF revision IS NOT NULL THEN
            status := 'kept'; RETURN;
        ELSIF build.state IN ('recalled', 'cancelled') THEN
            status := 'taken_back'; RETURN;
        ELSIF at < build.ballots_open_at THEN
            status := 'not_open'; moment := build.ballots_open_at; RETURN;
        END IF;
        status := 'closed'; moment := coalesce(build.closed_at, build.ballots_close_at); RETURN;
    END IF;

    SELECT m.is_active, m.is_staff, m.suspended_until, m.date_joined, m.level, m.region,
           device.family, device.has_build,
           EXISTS (SELECT FROM account_emailaddress e WHERE e.user_id = m.id AND e.verified)
               AS has_address
      INTO voter
      FROM members_member m
      LEFT JOIN LATERAL (
          SELECT d.family, i.id IS NOT NULL AS has_build
            FROM members_device d
            LEFT JOIN builds_install i ON i.device_id = d.id AND i.build_id = p_build
           WHERE d.member_id = m.id
           ORDER BY i.id IS NULL, NOT d.is_main, d.id LIMIT 1
      ) device ON true
     WHERE m.id = p_member;
    status := CASE
        WHEN voter.is_active IS NOT TRUE THEN 'inactive'
        WHEN voter.suspended_until > at THEN 'suspended'
        WHEN NOT voter.has_address THEN 'unverified_address'
        WHEN build.requires_older_account AND voter.date_joined >= build.published_at
            THEN 'young_account'
        WHEN build.requires_verified_install AND voter.has_build IS NOT TRUE
            THEN 'unverified_install'
    END;
    IF status IS NOT NULL THEN
        moment := CASE status WHEN 'suspended' THEN voter.suspended_until
                              WHEN 'young_account' THEN build.published_at END;
        RETURN;
    END IF;

    -- As many different features of this build as were named: none is foreign or stands twice.
    IF cardinality(named) <>
       (SELECT count(*) FROM builds_feature f WHERE f.build_id = p_build AND f.id = ANY (named))
    THEN
        SELECT array_agg(n ORDER BY n) INTO ids FROM unnest(named) n
         WHERE n NOT IN (SELECT f.id FROM builds_feature f WHERE f.build_id = p_build);
        status := CASE WHEN ids IS NULL THEN 'named_twice' ELSE 'foreign_feature' END; RETURN;
    END IF;
    IF cardinality(p_wishes) <>
       (SELECT count(*) FROM proposals_proposal p
         WHERE p.id = ANY (p_wishes) AND p.product_id = build.product_id
           AND p.status IN ('open', 'under_review', 'accepted', 'in_development'))
    THEN
        SELECT array_agg(n ORDER BY n) INTO ids FROM unnest(p_wishes) n
         WHERE n NOT IN (SELECT p.id FROM proposals_proposal p
                          WHERE p.product_id = build.product_id
                            AND p.status IN ('open', 'under_review', 'accepted', 'in_development'));
        status := CASE WHEN ids IS NULL THEN 'wished_twice' ELSE 'closed_wish' END; RETURN;
    END IF;

    WITH saved AS (
        INSERT INTO fourgrid_ballot AS b (
            build_id, member_id, mood, loved, let_down, wishes, comments, revision,
            first_saved_at, saved_at, receipt, nonce, family, level, region, is_staff
        ) VALUES (
            p_build, p_member, p_mood, p_loved, p_let_down, p_wishes, p_comments, 1,
            at, at, p_receipt, p_nonce, coalesce(voter.family, ''), voter.level, voter.region,
            voter.is_staff
        )
        ON CONFLICT (build_id, member_id) DO UPDATE SET
            mood = excluded.mood, loved = excluded.loved, let_down = excluded.let_down,
            wishes = excluded.wishes, comments = excluded.comments,
            revision = b.revision + 1, saved_at = greatest(b.saved_at, excluded.saved_at),
            receipt = excluded.receipt, nonce = excluded.nonce,
            family = excluded.family, level = excluded.level, region = excluded.region,
            is_staff = excluded.is_staff
        WHERE (b.mood, b.loved, b.let_down, b.wishes, b.comments)
              <> (excluded.mood, excluded.loved, excluded.let_down, excluded.wishes,
                  excluded.comments)
          AND (p_expected IS NULL OR b.revision = p_expected)
          AND b.revision < 1000
        RETURNING b.revision, b.saved_at, b.receipt
    )
    INSERT INTO fourgrid_ballotversion (
        build_id, member_id, revision, mood, loved, let_down, wishes, comments, saved_at,
        receipt, nonce
    )
    SELECT p_build, p_member, saved.revision, p_mood, p_loved, p_let_down, p_wishes, p_comments,
           saved.saved_at, saved.receipt, p_nonce
      FROM saved
    RETURNING revision, saved_at, receipt INTO revision, saved_at, receipt;
    IF FOUND THEN
        status := 'saved'; RETURN;
    END IF;

    -- The same ballot again, somebody's newer one, or one change too many: say what stands.
    SELECT b.revision, b.saved_at, b.receipt,
           CASE WHEN (b.mood, b.loved, b.let_down, b.wishes, b.comments)
                   = (p_mood, p_loved, p_let_down, p_wishes, p_comments) THEN 'kept'
                WHEN b.revision <> p_expected THEN 'changed_elsewhere'
                ELSE 'changed_too_often' END
      INTO revision, saved_at, receipt, status
      FROM fourgrid_ballot b WHERE b.build_id = p_build AND b.member_id = p_member;
END
$$;
"""

BACKWARD = """
DROP FUNCTION fourgrid_save_ballot(
    bigint, bigint, smallint, bigint[], bigint[], bigint[], jsonb, bytea, bytea, integer
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("builds", "0001_initial"),
        ("fourgrid", "0002_append_only"),
        ("proposals", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
