-- MySQL dump 10.13  Distrib 5.7.44, for Linux (x86_64)
--
-- A small forum, made up, in the format of a dump of Discuz! X3.
-- ------------------------------------------------------

/*!40101 SET NAMES utf8mb4 */;

DROP TABLE IF EXISTS `pre_common_member`;
CREATE TABLE `pre_common_member` (
  `uid` mediumint(8) unsigned NOT NULL AUTO_INCREMENT,
  `email` varchar(255) NOT NULL DEFAULT '',
  `username` char(15) NOT NULL DEFAULT '',
  `password` char(32) NOT NULL DEFAULT '',
  `status` tinyint(1) NOT NULL DEFAULT '0',
  `emailstatus` tinyint(1) NOT NULL DEFAULT '0',
  `groupid` smallint(6) unsigned NOT NULL DEFAULT '0',
  `regdate` int(10) unsigned NOT NULL DEFAULT '0',
  PRIMARY KEY (`uid`)
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4;

LOCK TABLES `pre_common_member` WRITE;
INSERT INTO `pre_common_member` VALUES (1,'zhan@example.org','站长','0cc175b9c0f1b6a831c399e269772661',0,1,1,1388534400),(2,'hong@example.org','小红','0cc175b9c0f1b6a831c399e269772661',0,1,10,1388534401),(3,'spam@example.org','卖片的','',-1,0,5,1388534402);
UNLOCK TABLES;

CREATE TABLE `pre_forum_forum` (
  `fid` mediumint(8) unsigned NOT NULL AUTO_INCREMENT,
  `fup` mediumint(8) unsigned NOT NULL DEFAULT '0',
  `type` enum('group','forum','sub') NOT NULL DEFAULT 'forum',
  `name` char(50) NOT NULL DEFAULT '',
  `status` tinyint(1) NOT NULL DEFAULT '0',
  `displayorder` smallint(6) NOT NULL DEFAULT '0',
  PRIMARY KEY (`fid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `pre_forum_forum` VALUES (1,0,'group','分区',1,0),(2,1,'forum','<b>水区</b>',1,1),(3,1,'forum','内部',1,2);

CREATE TABLE `pre_forum_forumfield` (
  `fid` mediumint(8) unsigned NOT NULL DEFAULT '0',
  `description` text NOT NULL,
  `password` varchar(12) NOT NULL DEFAULT '',
  `viewperm` text NOT NULL,
  PRIMARY KEY (`fid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `pre_forum_forumfield` VALUES (2,'什么都聊','',''),(3,'','','\t1\t2\t');

CREATE TABLE `pre_forum_thread` (
  `tid` mediumint(8) unsigned NOT NULL AUTO_INCREMENT,
  `fid` mediumint(8) unsigned NOT NULL DEFAULT '0',
  `readperm` tinyint(3) unsigned NOT NULL DEFAULT '0',
  `price` smallint(6) NOT NULL DEFAULT '0',
  `author` char(15) NOT NULL DEFAULT '',
  `authorid` mediumint(8) unsigned NOT NULL DEFAULT '0',
  `subject` char(80) NOT NULL DEFAULT '',
  `dateline` int(10) unsigned NOT NULL DEFAULT '0',
  `displayorder` tinyint(1) NOT NULL DEFAULT '0',
  `closed` mediumint(8) unsigned NOT NULL DEFAULT '0',
  PRIMARY KEY (`tid`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `pre_forum_thread` VALUES (21,2,0,0,'小红',2,'It\'s here: 新版本 &amp; 感受',1400000000,1,0),(22,2,0,0,'小红',2,'删掉的',1400000100,-1,0),(23,2,20,0,'站长',1,'要权限的',1400000200,0,1);

CREATE TABLE `pre_forum_post` (
  `pid` int(10) unsigned NOT NULL,
  `fid` mediumint(8) unsigned NOT NULL DEFAULT '0',
  `tid` mediumint(8) unsigned NOT NULL DEFAULT '0',
  `first` tinyint(1) NOT NULL DEFAULT '0',
  `author` varchar(15) NOT NULL DEFAULT '',
  `authorid` mediumint(8) unsigned NOT NULL DEFAULT '0',
  `subject` varchar(80) NOT NULL DEFAULT '',
  `dateline` int(10) unsigned NOT NULL DEFAULT '0',
  `message` mediumtext NOT NULL,
  `invisible` tinyint(1) NOT NULL DEFAULT '0',
  `anonymous` tinyint(1) NOT NULL DEFAULT '0',
  `htmlon` tinyint(1) NOT NULL DEFAULT '0',
  `bbcodeoff` tinyint(1) NOT NULL DEFAULT '0',
  `position` int(8) unsigned NOT NULL AUTO_INCREMENT,
  PRIMARY KEY (`tid`,`position`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `pre_forum_post` VALUES (31,2,21,1,'小红',2,'',1400000000,'[b]很流畅[/b]\r\n看[url=https://example.org/a]这里[/url] {:4_95:} [attach]77[/attach]',0,0,0,0,1),(33,2,21,0,'站长',1,'',1400000300,'[quote]很流畅[/quote]\r\n同感, it\'s fine; (really)',0,1,0,0,3),(34,2,22,1,'小红',2,'',1400000100,'删掉的',-1,0,0,0,1),(35,2,23,1,'站长',1,'',1400000200,'秘密',0,0,0,0,1);
-- Dump completed on 2024-05-01 12:00:00
