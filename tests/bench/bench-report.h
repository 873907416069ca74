/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What relay-bench measures, part by part; each prints its figures and marks. */

void bench_report_rates (unsigned rounds, unsigned qlen);
void bench_report_trips (unsigned rounds, unsigned qlen);
void bench_report_pairs (unsigned rounds, unsigned qlen);
void bench_report_idle (unsigned rounds, unsigned qlen);
void bench_report_ports (unsigned rounds, unsigned qlen);
void bench_report_delay (unsigned rounds, unsigned qlen);
void bench_report_neighbour (unsigned rounds, unsigned qlen);
void bench_report_stuck (unsigned rounds, unsigned qlen);
