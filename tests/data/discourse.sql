--
-- PostgreSQL database dump
--

-- A small forum, made up, in the format of a Discourse backup.

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE TABLE public.users (
    id integer NOT NULL,
    username character varying(60) NOT NULL
);

COPY public.categories (id, name, slug, position, description, parent_category_id, read_restricted) FROM stdin;
1	Phones	phones	1	All about phones.	\N	f
2	Cameras	cameras	2	\N	1	f
3	Staff room	staff	3	\N	\N	t
\.


COPY public.posts (id, user_id, topic_id, post_number, raw, created_at, updated_at, reply_to_post_number, deleted_at, post_type, version, last_version_at, hidden, user_deleted) FROM stdin;
11	2	101	1	Since Friday the camera hangs.\n\n![shot|690x388](upload://a1b2.png)	2024-03-01 10:00:00.123456	2024-03-01 10:00:00.123456	\N	\N	1	1	2024-03-01 10:00:00.123456	f	f
14	3	101	4	[quote="小明, post:1, topic:101"]\nSince Friday the camera hangs.\n[/quote]\n\nHere too, @admin. `@admin` in code\\path stays.	2024-03-03 10:00:00.123456	2024-03-04 10:00:00.123456	1	\N	1	2	2024-03-04 10:00:00.123456	f	f
12	1	101	2		2024-03-02 10:00:00.123456	2024-03-02 10:00:00.123456	\N	\N	3	1	2024-03-02 10:00:00.123456	f	f
13	1	101	3	This was deleted.	2024-03-02 10:00:00.123456	2024-03-02 10:00:00.123456	\N	2024-03-03 10:00:00.123456	1	1	2024-03-02 10:00:00.123456	f	f
15	2	102	1	Only between us.	2024-03-03 10:00:00.123456	2024-03-03 10:00:00.123456	\N	\N	1	1	2024-03-03 10:00:00.123456	f	f
16	1	103	1	For staff.	2024-03-05 10:00:00.123456	2024-03-05 10:00:00.123456	\N	\N	1	1	2024-03-05 10:00:00.123456	f	f
\.


COPY public.tags (id, name) FROM stdin;
7	相机
8	bug
\.


COPY public.topic_tags (id, topic_id, tag_id) FROM stdin;
1	101	7
2	101	8
3	102	8
\.


COPY public.topics (id, title, created_at, user_id, category_id, archetype, closed, archived, visible, pinned_at, deleted_at) FROM stdin;
101	The camera hangs\tagain	2024-03-01 10:00:00.123456	2	2	regular	f	f	t	\N	\N
102	A word with you	2024-03-03 10:00:00.123456	2	\N	private_message	f	f	t	\N	\N
103	Plans	2024-03-05 10:00:00.123456	1	3	regular	t	f	t	2024-03-05 10:00:00.123456	\N
\.


COPY public.user_emails (id, user_id, email, "primary") FROM stdin;
1	1	ada@example.org	t
2	2	ming@example.org	t
3	2	ming2@example.org	f
4	3	lin@example.org	t
\.


COPY public.user_profiles (user_id, bio_raw) FROM stdin;
2	I take pictures.\nMany.
\.


COPY public.users (id, username, created_at, name, active, suspended_till) FROM stdin;
-1	system	2024-03-01 10:00:00.123456	system	t	\N
1	admin	2024-03-01 10:00:00.123456	Ada	t	\N
2	小明	2024-03-01 10:00:00.123456	\N	t	\N
3	Lin_Hao	2024-03-01 10:00:00.123456	Lin Hao	f	2030-01-01 00:00:00
\.


--
-- PostgreSQL database dump complete
--
