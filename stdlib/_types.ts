// CPython 3.14: Modules/_typesmodule.c

import type { ModuleSpec } from "../core/objects/module_spec.ts";
import * as T from "../core/objects/object.ts";
import { capsuleType } from "./capsule.ts";
import { genericAliasType } from "../core/objects/genericalias.ts";
import { unionType } from "../core/objects/union.ts";
import { namespaceType } from "../core/objects/namespace.ts";

export const spec: ModuleSpec = {
  name: "_types",
  doc: "Define names for built-in types.",
  types: {
    AsyncGeneratorType: T.asyncGeneratorType,
    BuiltinFunctionType: T.builtinFunctionType,
    BuiltinMethodType: T.builtinFunctionType,
    CapsuleType: capsuleType,
    CellType: T.cellType,
    ClassMethodDescriptorType: T.classMethodDescriptorType,
    CodeType: T.codeType,
    CoroutineType: T.coroutineType,
    EllipsisType: T.ellipsisType,
    FrameType: T.frameType,
    FunctionType: T.functionType,
    GeneratorType: T.generatorType,
    GenericAlias: genericAliasType,
    GetSetDescriptorType: T.getsetDescriptorType,
    LambdaType: T.functionType,
    MappingProxyType: T.mappingproxyType,
    MemberDescriptorType: T.memberDescriptorType,
    MethodDescriptorType: T.methodDescriptorType,
    MethodType: T.methodType,
    MethodWrapperType: T.methodWrapperType,
    ModuleType: T.moduleType,
    NoneType: T.noneType,
    NotImplementedType: T.notImplementedType,
    SimpleNamespace: namespaceType,
    TracebackType: T.tracebackType,
    UnionType: unionType,
    WrapperDescriptorType: T.wrapperDescriptorType,
  },
};
