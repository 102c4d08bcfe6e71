package specs

import "github.com/esmconform/esmconform/oracle/rule"

// shownAs are rules that the checker decides and whose breach it reports under
// others: a trace with a breach of one of those does not speak for the rule.
var shownAs = map[*rule.Rule][]*rule.Rule{
	rule.BatchMayBeSmaller:              {rule.AtLeastOnce, rule.BatchAtMostBatchsize},
	rule.BatchInvokeImmediately:         {rule.AtLeastOnce},
	rule.BatchInvokeSynchronous:         {rule.ParallelOneByDefault, rule.ParallelConcurrencyBound, rule.OrderPartitionKeyParallel},
	rule.BatchFullEndsWindow:            {rule.AtLeastOnce, rule.BatchWindowWaits},
	rule.BisectRecursive:                {rule.BisectSplitsInTwo, rule.BisectNotCountedAsRetry},
	rule.CheckpointPerMapping:           {rule.CheckpointOnSuccess, rule.AtLeastOnce},
	rule.CheckpointSourceNotConsumed:    {rule.AtLeastOnce},
	rule.DestOnfailureSQS:               {rule.DestOnRetryExhaustion, rule.DestOnAge},
	rule.DestOnfailureSNS:               {rule.DestOnRetryExhaustion, rule.DestOnAge},
	rule.DestOnfailureS3:                {rule.DestOnRetryExhaustion, rule.DestOnAge},
	rule.FilterUnmatchedDiscarded:       {rule.FilterCriteriaSupported},
	rule.MSKMultiPartitionBatch:         {rule.MSKCheckpointCommit, rule.OrderInShard},
	rule.ParallelDistinctKeysConcurrent: {rule.AtLeastOnce},
	rule.ParallelTotalBound:             {rule.ParallelConcurrencyBound},
	rule.PollCatchUp:                    {rule.AtLeastOnce},
	rule.SQSFIFOConcurrencyGroups:       {rule.SQSFIFOOneBatchPerGroup},
	rule.StartThenNew:                   {rule.StartTrimHorizonMeaning, rule.AtLeastOnce},
}
