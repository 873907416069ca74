/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names that several files of the relay need before they are defined. */

typedef struct Relay Relay;
typedef struct RelayBlock RelayBlock;
typedef struct RelayDevice RelayDevice;
typedef struct RelayFilter RelayFilter;
typedef struct RelayFrame RelayFrame;
typedef struct RelayGuard RelayGuard;
typedef struct RelayInstance RelayInstance;
typedef struct RelayLine RelayLine;
typedef struct RelayLink RelayLink;
typedef struct RelayMacTable RelayMacTable;
typedef struct RelayPort RelayPort;
typedef struct RelayStage RelayStage;
typedef struct RelaySwitchPort RelaySwitchPort;
typedef struct RelayWatch RelayWatch;
typedef struct RelayWay RelayWay;
